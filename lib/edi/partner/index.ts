export * from './codeMaps';
export * from './controlNumbers';
export * from './documentPaths';
export type * from './encoder';
export * from './identifiers';
export * from './template';
