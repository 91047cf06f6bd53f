export {
	createClient,
	parseBaseUrl,
	type ClientOptions,
	type ExactClient,
	type ExactResponse,
	type Notice,
	type QuotaReport,
	type Statistics,
} from './client';
export {
	checkConnection,
	detectEncoding,
	listDivisions,
	readMe,
	type ConnectionReport,
	type DivisionChoice,
	type DivisionList,
} from './connection';
export { decodeRow, type JsonValue, type Row } from './decode';
export type { Filters } from './filters';
export { anyPathOf, readAnyPath } from './anyPath';
export { attachmentFileName, attachmentUrl, mimeTypeOf, safeFileName } from './attachments';
export { findGone } from './gone';
export { createJoiner, joinsFor, type Joiner } from './joins';
export { flattenLines, shapeRow, type OutputShape } from './output';
export {
	SILENT_LOG,
	type Clock,
	type HttpPort,
	type HttpRequest,
	type HttpResponse,
	type LogPort,
	type RefreshOutcome,
	type StreamResponse,
	type TokenPort,
} from './ports';
export { assertDivision, createReader, type Reader } from './reader';
export { getMany, getOne, type GetManyOptions, type ReadOptions } from './reads';
export { createProcessRefusals, type RefusalRecord, type RefusalStore } from './refusals';
export { createSchedules, pollsPerDay, type PollTime, type Schedules } from './schedule';
export { type RefusalOptions } from './refusalBudget';
export { createRequestQueue, type RequestQueue } from './requestQueue';
export {
	INCLUDE_NAMES,
	RESOURCE_NAMES,
	RESOURCES,
	resourceNamed,
	type IncludeName,
	type Resource,
	type ResourceName,
} from './resources';
export type { DateEncoding } from './wallClock';
export { deltaFor, type DeltaMethod, type DivisionState, type Start } from './cursor';
export { neededFields, selectFields } from './fields';
export {
	pollDivision,
	type PollContext,
	type PolledDeletion,
	type PolledRow,
	type PollResult,
} from './poll';
export { exactNow, startState, stateIdentity, type StartOptions } from './start';
