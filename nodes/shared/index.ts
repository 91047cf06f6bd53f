export { numbersUsed, preparationTime, saveNumbersUsed } from './controlNumbers';
export { readBinaryFile, writeBinaryFile } from './binaryFile';
export { failedItem, forAllItems, forEachItem } from './itemLoop';
export { describeIssues, isCoreError, toIssue, toIssues, toNodeError } from './nodeError';
