import type { Operation } from '../operation';
import { generate } from './generate';
import { generateOnBehalf } from './generateOnBehalf';
import { reconcile } from './reconcile';

export const OPERATIONS: Readonly<Record<string, Operation>> = {
	generate,
	generateOnBehalf,
	reconcile,
};
