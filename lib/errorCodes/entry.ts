/** What `docs/errors.md` says of a code: shown to the builder, so in plain words. */
export interface ErrorCodeEntry {
	/** What happened. */
	readonly meaning: string;
	/** Why it usually happens. */
	readonly cause: string;
	/** What to do next. */
	readonly action: string;
}

export type ErrorCodeTable = Readonly<Record<string, ErrorCodeEntry>>;
