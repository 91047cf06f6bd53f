import type { Operation } from '../operation';
import { checkConnectionOperation } from './checkConnection';
import { depositOperation } from './deposit';
import { moveOperation } from './move';
import { pickUpOperation } from './pickUp';

export const OPERATIONS: Readonly<Record<string, Operation>> = {
	checkConnection: checkConnectionOperation,
	deposit: depositOperation,
	move: moveOperation,
	pickUp: pickUpOperation,
};
