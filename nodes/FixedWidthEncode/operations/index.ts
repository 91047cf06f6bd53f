import type { Operation } from '../operation';
import { encode } from './encode';
import { exportLayout } from './exportLayout';
import { makeLayout } from './makeLayout';

export const OPERATIONS: Readonly<Record<string, Operation>> = {
	encode,
	exportLayout,
	makeLayout,
};
