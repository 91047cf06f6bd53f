export { acknowledgmentCodeWords } from './codeWords';
export * from './reconcile';
export type { AcknowledgedError, AcknowledgedOutcome, ReconciledItem } from './reconciled';
