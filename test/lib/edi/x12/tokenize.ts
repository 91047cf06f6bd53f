import { X12Tokenizer } from '../../../../lib/edi/x12';
import type { IsaHeader, X12Segment, X12TokenizerOptions } from '../../../../lib/edi/x12';
import type { TokenizerProblem } from '../../../../lib/edi/syntax';

export interface TokenizedX12 {
	readonly segments: readonly X12Segment[];
	/** One header for each ISA, in order. */
	readonly headers: readonly IsaHeader[];
	readonly problems: readonly TokenizerProblem[];
}

/** A whole file at once, for what is known to be small. */
export function tokenizeX12(bytes: Uint8Array, options: X12TokenizerOptions = {}): TokenizedX12 {
	const segments: X12Segment[] = [];
	const headers: IsaHeader[] = [];
	const problems: TokenizerProblem[] = [];
	const tokenizer = new X12Tokenizer(
		{
			header: (header) => headers.push(header),
			segment: (segment) => segments.push(segment),
			problem: (problem) => problems.push(problem),
		},
		options,
	);
	tokenizer.push(bytes);
	tokenizer.end();
	return { segments, headers, problems };
}
