export { checkConnection } from './checkConnection';
export type { ConnectionCheck } from './checkConnection';
export { keepConnection } from './connectionKeeper';
export type { Connect, ConnectionKeeper } from './connectionKeeper';
export type {
	DepositOutcome,
	DepositReceipt,
	DepositRequest,
	DepositResult,
	FailedAttempt,
} from './deposit';
export { deliveryOrder, depositAll } from './depositAll';
export type { DepositAllOptions, OrderedRequest } from './depositAll';
export { checkFileName, checkFolder, formatFileName, MAX_NAME_BYTES } from './fileName';
export type { FileNameFields } from './fileName';
export { fingerprintOf, judgeHostKey, parsePinnedHostKeys } from './hostKeys';
export type { HostKeyVerdict, PinnedHostKeys } from './hostKeys';
export { moveFile } from './move';
export type { MoveRequest, MoveResult, MoveSettings } from './move';
export { pickUp } from './pickUp';
export type { PickedUpFile, PickUpResult, PickUpSettings } from './pickUp';
export type { DeliveryPorts, SftpPort } from './ports';
export { readPrivateKey } from './privateKey';
export type { RetryPolicy } from './retry';
export { checkSettings, DEFAULT_DEPOSIT, DEFAULT_RETRY, parseMode } from './settings';
export type { ConflictPolicy, DepositSettings, DoneMarker, TemporaryName } from './settings';
export { connectSftp } from './sftpClient';
export type { ConnectSettings } from './sftpClient';
export { sourceOf } from './source';
export type { DeliverySource } from './source';
export { withConnection } from './withConnection';
export type { ConnectionOptions } from './withConnection';
