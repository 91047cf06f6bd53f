export type * from './finding';
export * from './repertoire';
export * from './schema';
export * from './structure';
export * from './tokenizing';
