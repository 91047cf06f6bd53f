export * from './answer';
export * from './judge';
export { InterchangeFileReader, readInterchanges, runSteps, visible } from './read';
export type * from './read';
export * from './readable';
export * from './reconcile';
