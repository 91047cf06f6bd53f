export * from './codeMaps';
export * from './controlNumbers';
export * from './documentPaths';
export type * from './encoder';
export * from './identifiers';
export * from './commonSettings';
export * from './settingFields';
export * from './settings';
export * from './template';
