export type * from './finding';
export * from './repertoire';
export * from './schema';
export { explainByStrays, type SegmentList } from './straySegments';
export * from './structure';
export * from './tokenizing';
export * from './words';
