export * from './generate';
export * from './options';
export { InterchangeFileReader, readInterchanges } from './readFile';
export type * from './reading';
export * from './reconcile';
export type { AcknowledgedError, AcknowledgedOutcome, ReconciledItem } from './reconciled';
export type { ReportedFinding, ReportedSet } from './report';
export * from './verdict';
