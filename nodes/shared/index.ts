export { numbersUsed, preparationTime, saveNumbersUsed } from './controlNumbers';
export { readBinaryFile, writeBinaryFile } from './binaryFile';
export { fileItemJson, reasonOf, sha256Of, withOutcome } from './fileItem';
export type { DocumentInFile, DocumentSource, FileDescription } from './fileItem';
export { itemLedger } from './ledger/itemLedger';
export { failedItem, forAllItems, forEachItem } from './itemLoop';
export { describeIssues, isCoreError, toIssue, toIssues, toNodeError } from './nodeError';
export { isExpression, locatorValue, parameterOf } from './parameters';
export { inSlices, sha256Steps } from './slices';
