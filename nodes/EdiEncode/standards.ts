import { edifactEncoder } from '../../lib/edi/edifact';
import type { InterchangeEncoder } from '../../lib/edi/partner';
import { x12Encoder } from '../../lib/edi/x12';

export type StandardName = 'x12' | 'edifact';

/** What both syntaxes' profiles have in common; the rest is the encoder's own. */
export interface CommonProfile {
	readonly partner: string;
	readonly release: string;
	readonly senderId: string;
	readonly receiverId: string;
	readonly usage: 'T' | 'P' | 'I';
	/** What the partner's guideline was; no hash where there is none. */
	readonly guideline: { readonly name: string; readonly version: string; readonly hash: string };
}

export interface Standard {
	readonly format: 'X12' | 'EDIFACT';
	readonly encoder: InterchangeEncoder<CommonProfile>;
}

/** The node knows no syntax: it holds a profile only to hand it back to the encoder that made it. */
export const STANDARDS: Readonly<Record<StandardName, Standard>> = {
	x12: { format: 'X12', encoder: x12Encoder as unknown as InterchangeEncoder<CommonProfile> },
	edifact: {
		format: 'EDIFACT',
		encoder: edifactEncoder as unknown as InterchangeEncoder<CommonProfile>,
	},
};

export const USAGE_WORDS = { T: 'test', P: 'production', I: 'information' } as const;
