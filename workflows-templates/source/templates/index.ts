import type { WorkflowSource } from '../builder.ts';
import { alert } from './alert.ts';
import { ediExports } from './ediExports.ts';
import { flatFileExports } from './flatFileExports.ts';
import { reserveControlNumbers } from './reserveControlNumbers.ts';

/** In the order of their numbers. */
export const templates: readonly WorkflowSource[] = [
	...ediExports,
	...flatFileExports,
	alert,
	reserveControlNumbers,
];
