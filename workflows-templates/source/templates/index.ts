import type { WorkflowSource } from '../builder.ts';
import { ediExports } from './ediExports.ts';

/** In the order of their numbers. */
export const templates: readonly WorkflowSource[] = [...ediExports];
