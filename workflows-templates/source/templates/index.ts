/** All shipped workflows, in the order of their numbers. */
import type { WorkflowSource } from '../builder.ts';
import { acknowledgments } from './acknowledgments.ts';
import { compare } from './compare.ts';
import { exports } from './exports.ts';
import { masterData } from './masterData.ts';
import { replay } from './replay.ts';
import { setUpPartner } from './setUpPartner.ts';
import { starter } from './starter.ts';
import { watching } from './watching.ts';

export const templates: readonly WorkflowSource[] = [
	setUpPartner,
	starter,
	...exports,
	masterData,
	...acknowledgments,
	replay,
	...watching,
	compare,
];
