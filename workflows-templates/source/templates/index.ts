import type { WorkflowSource } from '../builder.ts';
import { acknowledge } from './acknowledge.ts';
import { alert } from './alert.ts';
import { ediExports } from './ediExports.ts';
import { flatFileExports } from './flatFileExports.ts';
import { receiptOnBehalf } from './receiptOnBehalf.ts';
import { reconcileAcknowledgments } from './reconcile.ts';
import { replay } from './replay.ts';
import { reserveControlNumbers } from './reserveControlNumbers.ts';
import { sweep } from './sweep.ts';

/** In the order of their numbers. */
export const templates: readonly WorkflowSource[] = [
	...ediExports,
	...flatFileExports,
	acknowledge,
	reconcileAcknowledgments,
	receiptOnBehalf,
	replay,
	sweep,
	alert,
	reserveControlNumbers,
];
