import type { WorkflowSource } from '../builder.ts';
import { alert } from './alert.ts';
import { ediExports } from './ediExports.ts';
import { flatFileExports } from './flatFileExports.ts';
import { replay } from './replay.ts';
import { reserveControlNumbers } from './reserveControlNumbers.ts';
import { sweep } from './sweep.ts';

/** In the order of their numbers. */
export const templates: readonly WorkflowSource[] = [
	...ediExports,
	...flatFileExports,
	replay,
	sweep,
	alert,
	reserveControlNumbers,
];
