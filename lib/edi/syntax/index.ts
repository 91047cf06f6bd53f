export * from './codeMaps';
export * from './controlNumbers';
export type * from './encoder';
export type * from './finding';
export * from './repertoire';
export * from './schema';
export * from './structure';
export * from './template';
export * from './tokenizing';
