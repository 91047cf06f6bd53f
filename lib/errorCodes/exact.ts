import type { ErrorCodeTable } from './entry';

/** Codes of `lib/exact`; every code begins with EXACT_. */
export const exactErrorCodes = {
	EXACT_PARAMETER_INVALID: {
		meaning: 'A value given to the Exact Online node cannot be used.',
		cause: 'A date, a number or an ID is not in the form that Exact takes.',
		action: 'Correct the value that the message names.',
	},
	EXACT_BASE_URL_INVALID: {
		meaning: 'The base URL of the credential cannot be used.',
		cause: 'It is not https, or http on another host than this one, or it is not a URL.',
		action:
			'Open the Exact Online credential and give a base URL such as https://start.exactonline.nl.',
	},
	EXACT_FIELD_UNKNOWN: {
		meaning: 'A selected field does not exist on this resource.',
		cause: 'The name is misspelt or belongs to another resource; Exact takes names in exact case.',
		action: 'Correct the name in Fields. It was not sent, so nothing was counted against the key.',
	},
	EXACT_FILTER_UNSUPPORTED: {
		meaning: 'This resource cannot be filtered that way.',
		cause: 'It has no such field, for example no Modified or no supplier.',
		action: 'Remove the filter, or use another resource.',
	},
	EXACT_FILTER_TOO_LONG: {
		meaning: 'The request would be longer than Exact takes.',
		cause: 'Too many fields or too long a filter.',
		action: 'Select fewer fields or shorten the filter.',
	},
	EXACT_DIVISION_INVALID: {
		meaning: 'The division is not a division number.',
		cause: 'An expression gave nothing, or a name was given instead of the number.',
		action: 'Pick the division from the list, or give its number such as 123456.',
	},
	EXACT_DIVISION_INACTIVE: {
		meaning: 'The division is not active.',
		cause: 'It was archived, or blocked by Exact.',
		action: 'Ask the administrator of Exact Online to activate it, or pick another division.',
	},
	EXACT_DIVISION_SCOPE: {
		meaning: 'The app was not given access to this division.',
		cause: 'At consent the app was given other divisions.',
		action:
			'Reconnect the credential and tick this division, or pick a division that the app may read.',
	},
	EXACT_DIVISION_MISMATCH: {
		meaning: 'Exact answered with rows of another division than was asked for.',
		cause: 'A fault on the side of Exact Online; such answers have been seen in 2021 and 2024.',
		action: 'Nothing was passed on. Run again later and report it to Exact.',
	},
	EXACT_FORBIDDEN: {
		meaning: 'Exact refuses access.',
		cause: 'The user lacks the right, or the app lacks the data scope of this resource.',
		action:
			'Give the user the right in Exact Online, tick the data scope on the app registration, and reconnect.',
	},
	EXACT_ACCOUNT_BLOCKED: {
		meaning: 'Exact has blocked the user or the customer.',
		cause: 'The user is blocked or not active, the customer is blocked, or the licence has ended.',
		action: 'Ask the administrator of Exact Online to lift it.',
	},
	EXACT_KEY_BLOCKED: {
		meaning: 'Exact has blocked the API key for this part of Exact Online.',
		cause:
			'Exact counted more than 10 refused requests of this key, user and company in an hour, of this package or of another program with the same app.',
		action:
			'Wait: Exact lifts the block by itself, after an hour the first time and later each time. Find out in the App Center which program is refused.',
	},
	EXACT_PAUSED: {
		meaning: 'Exact refused this a short while ago, so it was not asked again.',
		cause:
			'More than 10 refusals in an hour block the key for everything. At most half of them are used, and what was refused is asked again rarely.',
		action: 'Do what the message says of the refusal.',
	},
	EXACT_PAGE_LOOP: {
		meaning: 'Exact names a page as the next one that was read already.',
		cause: 'A fault on the side of Exact, or of a proxy in between.',
		action: 'Nothing is lost: it is read again with the next run. Report it to Exact if it stays.',
	},
	EXACT_FIELD_LEFT_OUT: {
		meaning: 'A field was left out, because Exact does not know it in this division.',
		cause: 'The published list of fields has it, the package of this division does not.',
		action: 'Nothing, unless you need the field: then ask Exact which package has it.',
	},
	EXACT_DELETIONS_UNKNOWN: {
		meaning: 'Older deletions are not known.',
		cause: 'Exact keeps its log of deleted records for two months, and it was not read for longer.',
		action:
			'Compare with Exact once, for the records that were sent before the time in the message.',
	},
	EXACT_SCHEDULE_DENSE: {
		meaning: 'The schedules take more than a third of the calls that Exact allows a day.',
		cause: 'Every poll is a call, also when nothing has changed.',
		action: 'Poll less often, or stop triggers that are not needed.',
	},
	EXACT_PATH_REFUSED: {
		meaning: 'The path is not read.',
		cause: 'It leads out of the chosen division, names a host, or asks for tokens or $expand.',
		action: 'Give a path below the division, such as crm/Contacts?$select=ID,FullName.',
	},
	EXACT_RIGHTS_UNKNOWN: {
		meaning: 'Nothing is concluded, because Exact does not confirm the right to read.',
		cause: 'A right that is lost looks the same as records that are deleted.',
		action: 'Run again later, or use Check Connection to see the rights of the user.',
	},
	EXACT_ATTACHMENT_ADDRESS: {
		meaning: 'The address of an attachment is not one of Exact.',
		cause: 'The answer was changed on the way, or Exact keeps its files elsewhere now.',
		action: 'The token was not sent there. Report it.',
	},
	EXACT_NO_RIGHTS: {
		meaning: 'Exact gave an empty list because the user may not read this resource.',
		cause: 'The user has no right to this part of Exact Online.',
		action: 'Ask the administrator to give the user the right, or connect as another user.',
	},
	EXACT_NOT_AVAILABLE: {
		meaning: 'Exact does not know this resource in this division.',
		cause: 'The package of this division does not contain the module, or the base URL is wrong.',
		action: 'Check the package in Exact Online, or use another resource or detection method.',
	},
	EXACT_RECORD_NOT_FOUND: {
		meaning: 'No record has this ID.',
		cause: 'It was deleted, or it belongs to another division.',
		action: 'Check the ID and the division.',
	},
	EXACT_REQUEST_REFUSED: {
		meaning: 'Exact refuses the request.',
		cause: 'A filter it cannot read, or a field it does not have.',
		action:
			'Correct the filter or the fields. Do not repeat it unchanged: more than 10 refusals an hour block the key.',
	},
	EXACT_MANDATORY_FILTER: {
		meaning: 'Exact only reads this resource with a filter.',
		cause: 'Exact made a filter mandatory for this resource.',
		action: 'Add one of the filters that the message names, for example Modified Since.',
	},
	EXACT_RATE_LIMITED: {
		meaning: 'The limit per minute is used up.',
		cause: 'Other workflows or programs use the same app in the same division.',
		action: 'Run again after the time that the message names; let fewer programs share the app.',
	},
	EXACT_QUOTA_EXHAUSTED: {
		meaning: 'The daily number of calls is used up.',
		cause: 'This app has made all calls that it has for this division today.',
		action:
			'Wait until the time that the message names, or read less often or with fewer Includes.',
	},
	EXACT_UNAVAILABLE: {
		meaning: 'Exact Online does not answer properly.',
		cause: 'Maintenance, an outage, or a request that takes Exact too long.',
		action: 'Look at status.exact.com and run again later; fewer fields help with time-outs.',
	},
	EXACT_UNREACHABLE: {
		meaning: 'No connection to Exact Online.',
		cause: 'Network, proxy, DNS or certificate.',
		action: 'Check that this n8n reaches the host that the message names.',
	},
	EXACT_RESPONSE_INVALID: {
		meaning: 'The answer cannot be read.',
		cause: 'It was cut off, or something between n8n and Exact answered instead.',
		action: 'Run again; if it stays, check proxies between n8n and Exact.',
	},
	EXACT_FOREIGN_PAGE: {
		meaning: 'The address of the next page cannot be used.',
		cause: 'It is none, or it leads to another list: the answer was changed on the way.',
		action: 'The token was not sent there. Check the base URL of the credential.',
	},
	EXACT_NOT_CONNECTED: {
		meaning: 'The credential is not connected to Exact Online yet.',
		cause:
			'Nobody has clicked Connect in the credential, or a copied credential was not reconnected.',
		action: 'Open the credential and click Connect.',
	},
	EXACT_TOKEN_REJECTED: {
		meaning: 'Exact does not accept the access token, although it was just refreshed.',
		cause: 'The credential belongs to another region, or access was withdrawn.',
		action: 'Check the region of the credential and reconnect it.',
	},
	EXACT_REFRESH_TOKEN_USED: {
		meaning: 'The refresh token was used before.',
		cause:
			'The same app and user were connected in a second place, a backup was restored, or an older n8n refreshed twice.',
		action: 'Open the credential and reconnect it. Connect an app and user in one place only.',
	},
	EXACT_REFRESH_TOKEN_EXPIRED: {
		meaning: 'The refresh token has expired.',
		cause: 'Nothing used the credential for 30 days.',
		action: 'Open the credential and reconnect it. A weekly Check Connection keeps it alive.',
	},
	EXACT_CLIENT_REJECTED: {
		meaning: 'Exact does not know the client ID or the client secret.',
		cause: 'They are mistyped, of another region, or the secret was renewed.',
		action: 'Compare Client ID and Client Secret with the app registration of the same region.',
	},
	EXACT_TOKEN_REFRESH_FAILED: {
		meaning: 'The access token could not be refreshed.',
		cause: 'Exact refused, or could not be reached.',
		action: 'Run again; if it stays, open the credential and reconnect it.',
	},
	EXACT_CURSOR_INVALID: {
		meaning: 'The given cursor cannot be used.',
		cause: 'It was cut off, or it is of another resource or division.',
		action: 'Copy the cursor field of an item of the same resource and division.',
	},
	EXACT_SUPPLIER_UNKNOWN: {
		meaning: 'No supplier has this code.',
		cause: 'The code is of another division, or it is mistyped.',
		action: 'Give the code as Exact shows it, or the ID of the account.',
	},
	EXACT_CANCELLED: {
		meaning: 'The execution was cancelled.',
		cause: 'Someone stopped it, or it ran into its time-out.',
		action: 'Run the workflow again when you want the data.',
	},
} as const satisfies ErrorCodeTable;
