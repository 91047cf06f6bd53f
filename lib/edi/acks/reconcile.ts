import { EdifactTokenizer } from '../edifact';
import { X12Tokenizer } from '../x12';
import { ContrlReconciler } from './reconcileContrl';
import type { ReconciledItem } from './reconciled';
import { X12Reconciler } from './reconcileX12';

export interface Reconciliation {
	readonly items: readonly ReconciledItem[];
	/** The file held no acknowledgment, or held other things as well. */
	readonly others: readonly string[];
	readonly problems: readonly string[];
}

/** Reads acknowledgments of either syntax; what is not one is named in `others`. */
export function reconcile(bytes: Uint8Array, encoding?: string): Reconciliation {
	const items: ReconciledItem[] = [];
	const others = new Set<string>();
	const problems: string[] = [];
	let rest: { parts: Uint8Array[]; offset: number; syntax: 'X12' | 'EDIFACT' } | undefined = {
		parts: [bytes],
		offset: 0,
		syntax: beginsWithX12(bytes) ? 'X12' : 'EDIFACT',
	};
	const problem = ({ message, offset }: { message: string; offset: number }): void => {
		if (problems.length < 100) problems.push(`byte ${offset}: ${message}`);
	};
	while (rest !== undefined) {
		const { parts, offset: baseOffset, syntax }: NonNullable<typeof rest> = rest;
		rest = undefined;
		const other = syntax === 'X12' ? 'EDIFACT' : 'X12';
		const foreign = (part: Uint8Array, offset: number): void => {
			if (rest === undefined) rest = { parts: [part], offset, syntax: other };
			else rest.parts.push(part);
		};
		const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
		const options = { encoding, baseOffset };
		if (syntax === 'X12') {
			const reconciler = new X12Reconciler(items, others);
			const segment = reconciler.segment.bind(reconciler);
			const tokenizer = new X12Tokenizer({ segment, problem, foreign }, options);
			tokenizer.push(all);
			tokenizer.end();
			reconciler.end();
		} else {
			const reconciler = new ContrlReconciler(items, others);
			const segment = reconciler.segment.bind(reconciler);
			const tokenizer = new EdifactTokenizer({ segment, problem, foreign }, options);
			tokenizer.push(all);
			tokenizer.end();
			reconciler.end();
		}
	}
	return { items, others: [...others], problems };
}

function beginsWithX12(bytes: Uint8Array): boolean {
	const text = Buffer.from(bytes.subarray(0, 4_096)).toString('latin1');
	const isa = text.search(/ISA[^A-Za-z0-9\s]/);
	const unb = text.search(/UNA[^A-Za-z0-9]|UNB[^A-Za-z0-9\s]/);
	return isa >= 0 && (unb < 0 || isa < unb);
}
