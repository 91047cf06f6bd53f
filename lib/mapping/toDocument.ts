import { currencyDecimals, validateDocument } from '../documents';
import type { BusinessDocument } from '../documents';
import type { Issue } from '../errors';
import { isRecord } from '../text';
import { applyDefaults, applyRules, dropIncomplete, HEAD, reportMissing } from './applyRules';
import type { RowPlace, RuleRun } from './applyRules';
import { convert } from './convert';
import { documentKey } from './key';
import { completePrice } from './linePrices';
import { DOCUMENT_PATHS } from './options';
import type { MappingOptions } from './options';
import { getPath } from './paths';
import type { Row } from './paths';
import { MAPPING_RULES } from './rules';
import type { DocumentResource, DocumentRules } from './rules';
import { excludedStatus } from './status';
import { recordSubject } from './subject';
import { completeInvoice, completeOrder, turnQuantity } from './totals';

export type MappingResult =
	| {
			readonly ok: true;
			readonly document: BusinessDocument;
			readonly warnings: readonly Issue[];
	  }
	| {
			readonly ok: false;
			/** Left out on purpose (its status), which is no fault of the record. */
			readonly skipped: boolean;
			readonly issues: readonly Issue[];
	  };

type SingleResource = Exclude<DocumentResource, 'payment'>;

/** PurchaseEntries.Type 31; PurchaseInvoices.Type 8031 (direct) and 8034. */
export const CREDIT_NOTE_TYPES: ReadonlySet<unknown> = new Set([31, 8031, 8034]);

export function conversionContext(row: Row, turnSign: boolean): RuleRun['context'] {
	const currency = convert(row.Currency, 'text', { currencyDecimals: 2, turnSign: false });
	return {
		currencyDecimals: currencyDecimals(currency.state === 'value' ? String(currency.value) : ''),
		turnSign,
	};
}

/** The main account that is not blocked, else the first one. */
function mainBankAccount(supplier: Row): unknown {
	if (!Array.isArray(supplier.bankAccounts)) return undefined;
	const usable = supplier.bankAccounts.filter(isRecord).filter((entry) => entry.Blocked !== true);
	return usable.find((entry) => entry.Main === true) ?? usable[0];
}

/** The record with what rules read from several places at once. */
export function prepareRow(row: Row): Row {
	if (!isRecord(row.supplier)) return row;
	return {
		...row,
		supplier: { ...row.supplier, mainBankAccount: mainBankAccount(row.supplier) },
	};
}

const include = (name: string): string =>
	`choose '${name}' under 'Include' in the Exact Online node`;

/** The Exact node joins the division to every record; another node has dropped it. */
export const COMPANY_HINT = 'pass the item on as the Exact Online node emits it';

export function reportNotIncluded(
	row: Row,
	names: readonly (readonly [string, string])[],
	run: RuleRun,
): void {
	for (const [name, hint] of names) {
		if (row[name] !== undefined) continue;
		run.issues.push({
			code: 'MAPPING_NOT_INCLUDED',
			severity: 'error',
			path: name,
			message: `${run.subject}: '${name}' was not read along; ${hint}`,
		});
	}
}

/** An invoice booked with a negative total is a credit note on paper. */
function isCredit(resource: SingleResource, row: Row): { kind: boolean; turnSign: boolean } {
	const field = resource === 'purchaseEntry' ? 'AmountFC' : 'Amount';
	const read = convert(row[field], 'amount', { currencyDecimals: 2, turnSign: false });
	const negative = read.state === 'value' && String(read.value).startsWith('-');
	return { kind: CREDIT_NOTE_TYPES.has(row.Type) || negative, turnSign: negative };
}

export function lineLabel(row: Row, index: number): RowPlace {
	const number = Number.isSafeInteger(row.LineNumber) ? Number(row.LineNumber) : index + 1;
	return { label: `line ${number}: `, prefix: `lines[${index}].` };
}

function requireIdentification(target: Row, party: string, run: RuleRun): void {
	const found = getPath(target, party);
	if (!isRecord(found) || found.name === undefined) return;
	if (found.code !== undefined || found.gln !== undefined || found.vatNumber !== undefined) return;
	run.issues.push({
		code: 'MAPPING_FIELD_MISSING',
		severity: 'error',
		path: 'supplier.Code',
		message: `${run.subject}: ${String(found.name)} has no account code, GLN or VAT number ('supplier.Code' is empty)`,
	});
}

/** The document's issue that an issue of the record makes superfluous, if not a missing field. */
const SAID_BY: Partial<Record<Issue['code'], Issue['code']>> = {
	MAPPING_PRICE_UNIT: 'DOCUMENT_LINE_AMOUNT_MISMATCH',
};

/** Adds what the document's own checks find beyond the fields already reported missing. */
export function finishMapping(target: unknown, run: RuleRun): MappingResult {
	const checked = validateDocument(target);
	const errors = run.issues.filter((issue) => issue.severity === 'error');
	if (checked.ok) {
		return errors.length > 0
			? { ok: false, skipped: false, issues: run.issues }
			: {
					ok: true,
					document: checked.document,
					warnings: [...run.issues, ...checked.warnings],
				};
	}
	// What the record lacks or has wrong is so in the document, too: said once is enough.
	const said = new Set(errors.map(({ code }) => SAID_BY[code] ?? 'DOCUMENT_FIELD_MISSING'));
	const more = checked.issues.filter(({ code }) => !said.has(code));
	return { ok: false, skipped: false, issues: [...run.issues, ...more] };
}

/** Maps whatever the status; the content hash must not depend on it. */
export function mapRecord(
	resource: SingleResource,
	row: Row,
	options: MappingOptions,
): MappingResult {
	const { type, head, line: lineRules }: DocumentRules = MAPPING_RULES[resource];
	const credit = type === 'invoice' ? isCredit(resource, row) : { kind: false, turnSign: false };
	const run: RuleRun = {
		subject: recordSubject(resource, row),
		context: conversionContext(row, credit.turnSign),
		issues: [],
	};
	reportNotIncluded(
		row,
		[
			['lines', include('Lines')],
			['supplier', include('Supplier')],
			['company', COMPANY_HINT],
		],
		run,
	);
	const prepared = prepareRow(row);
	const target: Record<string, unknown> = { type, key: documentKey(resource, row, options) };
	applyRules(prepared, head, target, run, HEAD);
	if (type === 'invoice') target.kind = credit.kind ? 'creditNote' : 'invoice';
	if (credit.turnSign && !CREDIT_NOTE_TYPES.has(row.Type)) {
		run.issues.push({
			code: 'MAPPING_NEGATIVE_INVOICE',
			severity: 'warning',
			path: resource === 'purchaseEntry' ? 'AmountFC' : 'Amount',
			message: `${run.subject}: it is booked as an invoice with a negative total and is sent as a credit note`,
		});
	}
	const lineRows = Array.isArray(row.lines) ? row.lines.filter(isRecord) : [];
	const lines = lineRows.map((lineRow, index) => {
		const line: Record<string, unknown> = {};
		const place = lineLabel(lineRow, index);
		applyRules(lineRow, lineRules, line, run, place);
		line.number ??= index + 1;
		completePrice(resource, lineRow, line, options, String(target.currency), run, place);
		if (credit.turnSign) turnQuantity(line);
		dropIncomplete(line);
		return line;
	});
	target.lines = lines;
	dropIncomplete(target);
	applyDefaults(target, options.defaults ?? {}, DOCUMENT_PATHS[type], 'lines');
	if (row.supplier !== undefined && row.company !== undefined) {
		reportMissing(head, target, run, HEAD);
		requireIdentification(target, 'supplier', run);
	} else {
		// Said already, and once: the joined record as a whole is not there.
		reportMissing(
			head.filter((rule) => !/^(?:supplier|buyer)\./.test(rule.to)),
			target,
			run,
			HEAD,
		);
	}
	lines.forEach((line, index) =>
		reportMissing(lineRules, line, run, lineLabel(lineRows[index] ?? {}, index)),
	);
	if (type === 'invoice') completeInvoice(target, run.context.currencyDecimals);
	if (type === 'purchaseOrder') completeOrder(target, row, run);
	if (row.lines === undefined) {
		return { ok: false, skipped: false, issues: run.issues };
	}
	return finishMapping(target, run);
}

/** One Exact Online record → one document. Payments are grouped: `toRemittances`. */
export function toDocument(
	resource: SingleResource,
	row: Row,
	options: MappingOptions = {},
): MappingResult {
	const excluded = excludedStatus(resource, row, options);
	if (excluded !== undefined) return { ok: false, skipped: true, issues: [excluded] };
	return mapRecord(resource, row, options);
}
