import type { Operation } from '../operation';
import { encode } from './encode';
import { exportLayout } from './exportLayout';

export const OPERATIONS: Readonly<Record<string, Operation>> = { encode, exportLayout };
