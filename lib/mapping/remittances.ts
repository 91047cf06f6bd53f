import { absolute, formatDecimal, negate, parseDecimal, round, sum, ZERO } from '../decimal';
import type { Remittance } from '../documents';
import type { Issue } from '../errors';
import { sha256 } from '../text';
import { applyDefaults, applyRules, dropIncomplete, HEAD, reportMissing } from './applyRules';
import type { RuleRun } from './applyRules';
import { divisionOf, documentKey } from './key';
import { DOCUMENT_PATHS } from './options';
import type { MappingOptions } from './options';
import type { Row } from './paths';
import { MAPPING_RULES } from './rules';
import { excludedStatus } from './status';
import {
	COMPANY_HINT,
	conversionContext,
	CREDIT_NOTE_TYPES,
	finishMapping,
	prepareRow,
	reportNotIncluded,
} from './toDocument';
import { recordNumber, recordSubject } from './subject';

/** A group of payments, by the positions of its rows in the input. */
export type RemittanceResult =
	| {
			readonly ok: true;
			readonly document: Remittance;
			readonly rows: readonly number[];
			readonly warnings: readonly Issue[];
	  }
	| {
			readonly ok: false;
			readonly skipped: boolean;
			/** Number and key of the group, or of the payment where it belongs to none. */
			readonly number: string;
			readonly key: string;
			readonly rows: readonly number[];
			readonly issues: readonly Issue[];
	  };

type Json = Record<string, unknown>;

interface PaymentPart {
	readonly index: number;
	readonly head: Json;
	readonly item: Json;
	readonly run: RuleRun;
}

/** The sign an item must have: a credit note lowers what was paid. */
function signItem(item: Json, row: Row, options: MappingOptions): void {
	const paid = typeof item.paidAmount === 'string' ? parseDecimal(item.paidAmount) : undefined;
	if (paid === undefined) return;
	const turned = options.paymentSign === 'inverted' ? negate(paid) : paid;
	const credit = CREDIT_NOTE_TYPES.has(row.TransactionType) || turned.units < 0n;
	item.kind = credit ? 'creditNote' : 'invoice';
	item.paidAmount = formatDecimal(credit ? negate(absolute(paid)) : turned);
	for (const name of ['invoiceAmount', 'discountAmount']) {
		const text = item[name];
		const value = typeof text === 'string' ? parseDecimal(text) : undefined;
		if (value === undefined) continue;
		item[name] = formatDecimal(credit ? negate(absolute(value)) : absolute(value));
	}
}

export function mapPayment(row: Row, index: number, options: MappingOptions): PaymentPart {
	const run: RuleRun = {
		subject: recordSubject('payment', row),
		context: conversionContext(row, false),
		issues: [],
	};
	const prepared = prepareRow(row);
	const head: Json = {};
	const item: Json = { key: documentKey('payment', row, options) };
	applyRules(prepared, MAPPING_RULES.payment.head, head, run, HEAD);
	applyRules(prepared, MAPPING_RULES.payment.line, item, run, HEAD);
	signItem(item, row, options);
	dropIncomplete(head);
	return { index, head, item, run };
}

/** One payee, one currency, one bank batch, or one day where there is no batch. */
function groupKey(row: Row, head: Json, options: MappingOptions): string {
	const account = String(row.Account ?? row.AccountCode ?? 'unknown');
	const unit = String(head.batchNumber ?? head.date ?? 'unknown');
	return `exact:${divisionOf(row, options)}:remittance:${account}:${String(head.currency)}:${unit}`;
}

/**
 * Six characters that stand for the payments of an advice: a batch or a day may be taken in several
 * runs, and each run's advice is another document. The same payments give the same mark.
 */
function markOf(head: Json, parts: readonly PaymentPart[]): string {
	const keys = parts.map((part) => String(part.item.key)).sort();
	const text = [String(head.currency), ...keys].join('\n');
	return sha256(text).slice(0, 6);
}

/** A number of our own, for Exact has none: batch or day, the payee, and the payments. */
function remittanceNumber(head: Json, code: string, mark: string): string {
	const unit = head.batchNumber ?? String(head.date).replace(/-/g, '');
	return `${String(unit)}-${code}-${mark}`;
}

function isParty(value: unknown): value is { readonly code?: unknown } {
	return typeof value === 'object' && value !== null;
}

function mapGroup(
	group: string,
	parts: readonly PaymentPart[],
	first: PaymentPart,
): RemittanceResult {
	const items = parts.map((part) => part.item);
	const payee = first.head.payee;
	const code = isParty(payee) && payee.code !== undefined ? String(payee.code) : 'unknown';
	const mark = markOf(first.head, parts);
	const number = remittanceNumber(first.head, code, mark);
	const key = `${group}:${mark}`;
	const rows = parts.map((part) => part.index);
	const total = sum(items.map((item) => parseDecimal(String(item.paidAmount)) ?? ZERO));
	const decimals = first.run.context.currencyDecimals;
	const target: Json = {
		...first.head,
		type: 'remittance',
		key,
		number,
		items,
		total: formatDecimal(total.scale < decimals ? round(total, decimals) : total),
	};
	// A reference of one of the payments is not the reference of them all.
	const references = new Set(parts.map((part) => part.head.paymentReference));
	if (references.size > 1) delete target.paymentReference;
	const run: RuleRun = {
		subject: `Remittance advice ${number}`,
		context: first.run.context,
		issues: [],
	};
	const result = finishMapping(target, run);
	if (!result.ok) return { ok: false, skipped: false, number, key, rows, issues: result.issues };
	const document = result.document as Remittance;
	return { ok: true, document, rows, warnings: result.warnings };
}

/**
 * Payments → one remittance advice per payee, currency and bank batch or day. A payment with a
 * fault is reported by itself and does not hold up the others of its group.
 */
export function toRemittances(
	rows: readonly Row[],
	options: MappingOptions = {},
): readonly RemittanceResult[] {
	const results: RemittanceResult[] = [];
	const groups = new Map<string, PaymentPart[]>();
	rows.forEach((row, index) => {
		const refuse = (skipped: boolean, issues: readonly Issue[]): void => {
			const number = recordNumber('payment', row) || 'without a number';
			const key = documentKey('payment', row, options);
			results.push({ ok: false, skipped, number, key, rows: [index], issues });
		};
		const excluded = excludedStatus('payment', row, options);
		if (excluded !== undefined) {
			refuse(true, [excluded]);
			return;
		}
		const part = mapPayment(row, index, options);
		const { head, item, run } = part;
		reportNotIncluded(row, [['company', COMPANY_HINT]], run);
		const holder = { ...head, items: [item] };
		applyDefaults(holder, options.defaults ?? {}, DOCUMENT_PATHS.remittance, 'items');
		const complete: PaymentPart = { index, head: { ...holder }, item, run };
		delete complete.head.items;
		reportMissing(
			MAPPING_RULES.payment.head.filter(
				(rule) => row.company !== undefined || !rule.to.startsWith('payer.'),
			),
			complete.head,
			run,
			HEAD,
		);
		reportMissing(MAPPING_RULES.payment.line, item, run, HEAD);
		if (run.issues.some((issue) => issue.severity === 'error')) {
			refuse(false, run.issues);
			return;
		}
		const key = groupKey(row, complete.head, options);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [complete]);
		else group.push(complete);
	});
	for (const [key, parts] of groups) {
		const first = parts[0];
		if (first !== undefined) results.push(mapGroup(key, parts, first));
	}
	return results;
}
