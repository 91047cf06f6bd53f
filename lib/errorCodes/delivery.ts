import type { ErrorCodeTable } from './entry';

/** Codes of `lib/delivery`; every code begins with DELIVERY_. */
export const deliveryErrorCodes = {
	// names and folders
	DELIVERY_FILE_NAME_INVALID: {
		meaning: 'The file name cannot be used on the server.',
		cause:
			'It is empty, is "." or "..", is longer than 255 bytes, or holds a slash, a backslash or a control character.',
		action: 'Change the file name or the pattern that makes it.',
	},
	DELIVERY_FILE_NAME_PATTERN: {
		meaning: 'The file-name pattern cannot be filled in.',
		cause:
			'It has a placeholder that does not exist or has no value here, or a brace without its pair.',
		action: 'Use only the placeholders that the message lists.',
	},
	DELIVERY_FOLDER_INVALID: {
		meaning: 'The folder cannot be used on the server.',
		cause: 'It is empty, has a ".." part, a backslash or a control character.',
		action: 'Give the folder as an absolute path with forward slashes, such as /inbound.',
	},
	DELIVERY_OPTION_INVALID: {
		meaning: 'A setting of the delivery is not usable.',
		cause: 'The value is outside what the setting allows.',
		action: 'Correct the setting that the message names.',
	},
	// host key
	DELIVERY_HOST_KEYS_MISSING: {
		meaning: 'No host key is pinned, so the server cannot be told from an impostor.',
		cause:
			'The credential has neither a fingerprint nor a known_hosts line for this host and port.',
		action:
			"Ask the partner by another way than this connection (by phone, from their portal, in a signed mail) which fingerprint their server has. When it is the one shown here, paste it into 'Pinned Host Keys' of the credential.",
	},
	DELIVERY_HOST_KEYS_INVALID: {
		meaning: 'A line of the pinned host keys cannot be read.',
		cause:
			'It is not a SHA256 fingerprint, a public key or a known_hosts line, or has words beside one.',
		action:
			'Correct the line that the message names, or remove it. The line is not repeated, in case it is a password.',
	},
	DELIVERY_HOST_KEY_UNKNOWN: {
		meaning: 'The server showed a host key that is not pinned. No password or key was sent.',
		cause:
			'The partner has changed the key of the server, the address leads to another server, or somebody is in between.',
		action:
			'Compare the presented fingerprint with the partner by another way than this connection; add it to the credential only when they confirm it.',
	},
	DELIVERY_HOST_KEY_REVOKED: {
		meaning: 'The server showed a host key that is marked @revoked. No password or key was sent.',
		cause: 'The pinned lines say that this key must never be accepted.',
		action: 'Tell the partner: a revoked key in use may mean that somebody poses as their server.',
	},
	// private key and login
	DELIVERY_PRIVATE_KEY_FORMAT: {
		meaning: 'The private key is in a format that cannot be used.',
		cause: 'It is a PuTTY key, a public key, a certificate, or not a key at all.',
		action: 'Export the private key in OpenSSH, PKCS#1 or PKCS#8 form and paste the whole text.',
	},
	DELIVERY_PRIVATE_KEY_DAMAGED: {
		meaning: 'The private key cannot be read.',
		cause: 'Part of the pasted text is missing or was changed.',
		action: 'Paste the whole key again, from its BEGIN line to its END line.',
	},
	DELIVERY_PRIVATE_KEY_PASSPHRASE: {
		meaning: 'The private key is encrypted and the passphrase does not open it.',
		cause: 'The passphrase is missing or wrong.',
		action: "Enter the key's passphrase in the credential.",
	},
	DELIVERY_LOGIN_MISSING: {
		meaning: 'The credential has neither a password nor a private key.',
		cause: 'Both fields are empty.',
		action: 'Enter the password, the private key, or both where the server wants both.',
	},
	DELIVERY_LOGIN_REFUSED: {
		meaning: 'The server refused the login. It was tried once and is not repeated.',
		cause: 'The user, the password or the key is wrong, or the account is locked.',
		action:
			'Check user, password and key with the partner. Do not repeat quickly: servers block addresses after failed logins.',
	},
	// connection
	DELIVERY_ADDRESS_UNKNOWN: {
		meaning: 'The host name has no address.',
		cause: 'It is misspelled, or the name server did not answer.',
		action: 'Check the host in the credential.',
	},
	DELIVERY_CONNECTION_REFUSED: {
		meaning: 'Nothing accepts connections at this host and port.',
		cause: 'The server is down, the port is wrong, or a firewall is in between.',
		action: 'Check host and port; ask the partner whether your address is allowed.',
	},
	DELIVERY_CONNECT_TIMEOUT: {
		meaning: 'The server did not complete the connection in time.',
		cause: 'A firewall drops the packets, the server hangs, or it is not an SFTP server.',
		action: 'Check host, port and firewall; the message says which step did not complete.',
	},
	DELIVERY_CONNECTION_CLOSED: {
		meaning: 'The server closed the connection before the login.',
		cause: 'It has too many connections, blocks this address for a while, or is not an SSH server.',
		action: 'Wait a few minutes and run again; if it stays, ask the partner.',
	},
	DELIVERY_NOT_SSH: {
		meaning: 'What answers at this host and port does not speak SSH.',
		cause: 'The port belongs to another service, such as a web or FTP server.',
		action: 'Check the port: SFTP is usually 22; FTP and FTPS are other protocols.',
	},
	DELIVERY_NEGOTIATION: {
		meaning: 'The server and this node have no algorithm in common.',
		cause:
			'The server offers only algorithms that are no longer considered safe, or not the type of the pinned key.',
		action:
			"Ask the partner to update the server, pin a key of a type it offers, or switch on 'Allow Legacy Algorithms' in the credential.",
	},
	DELIVERY_SUBSYSTEM_REFUSED: {
		meaning: 'The login succeeded but the server does not offer SFTP to this user.',
		cause: 'SFTP is switched off for the account, or the server only allows a shell.',
		action: 'Ask the partner to enable SFTP for this user.',
	},
	DELIVERY_LOGIN_TEXT: {
		meaning: 'The server sent text where SFTP packets belong.',
		cause: 'The login shell of the account prints a message, or the account is disabled.',
		action: 'Ask the partner to keep the shell silent or to enable SFTP for this user.',
	},
	DELIVERY_CONNECTION_LOST: {
		meaning: 'The connection broke.',
		cause: 'The network or the server went away, or the server ended the session.',
		action: 'Run again: the node looks at what is on the server before it sends anything.',
	},
	DELIVERY_OPERATION_TIMEOUT: {
		meaning: 'The server did not answer a request in time; the connection was closed.',
		cause: 'The server hangs or the network is interrupted.',
		action: "Run again; raise 'Operation Timeout' if the server is known to be slow.",
	},
	DELIVERY_CANCELLED: {
		meaning: 'The execution was cancelled before the file was delivered.',
		cause: 'Somebody stopped the execution, or n8n is shutting down.',
		action: 'Run again: nothing was published under the final name.',
	},
	// what the server answers
	DELIVERY_PERMISSION_DENIED: {
		meaning: 'The server does not permit the step.',
		cause: 'The user lacks the right in this folder, or the server is read-only.',
		action: 'Ask the partner for the right that the message names, or choose another folder.',
	},
	DELIVERY_FOLDER_MISSING: {
		meaning: 'The folder does not exist on the server.',
		cause: 'It is misspelled, or nobody has created it.',
		action: "Correct the folder, or switch on 'Create Folders'.",
	},
	DELIVERY_FILE_MISSING: {
		meaning: 'The file does not exist on the server.',
		cause: 'Somebody has moved or deleted it.',
		action: 'Check the path that the message names.',
	},
	DELIVERY_DISK_FULL: {
		meaning: "The server's disk is full, or the quota of this user.",
		cause: 'The server has less free space than the file needs.',
		action: 'Ask the partner to free space, then run again or replay the file.',
	},
	DELIVERY_SERVER_REFUSED: {
		meaning: 'The server refused the step without saying why.',
		cause: 'A full disk, a quota, or a rule of the server.',
		action: "Ask the partner to look into the server's log for the step that the message names.",
	},
	DELIVERY_UNSUPPORTED: {
		meaning: 'The server does not offer what the setting needs.',
		cause: 'It lacks an extension of the SFTP protocol.',
		action: 'Change the setting that the message names.',
	},
	// the protocol of a deposit
	DELIVERY_SIZE_MISMATCH: {
		meaning: 'The server stored another number of bytes than it acknowledged.',
		cause: 'A fault of the server or its storage.',
		action: 'Nothing was published. Run again; if it stays, tell the partner.',
	},
	DELIVERY_HASH_MISMATCH: {
		meaning: 'What was read back from the server differs from what was sent.',
		cause: 'A fault of the server or its storage.',
		action: 'Nothing was published. Run again; if it stays, tell the partner.',
	},
	DELIVERY_TEMPORARY_LOST: {
		meaning:
			'The complete file disappeared under its temporary name before it could take its own. The outcome is in doubt.',
		cause:
			'The partner takes files as soon as they are closed (as VAN and AS2 gateways do), or by a rule that matches the temporary name.',
		action:
			"Ask the partner whether the file arrived. For a partner who takes files when they are closed, set 'Temporary Name' to 'Direct'; else choose another style, such as a staging folder.",
	},
	DELIVERY_PART_LEFT: {
		meaning:
			'A part of the file stands under its final name, and the server does not let it be removed.',
		cause:
			"The delivery broke off with the 'Temporary Name' style 'Direct', and this user may not remove files.",
		action: 'Ask the partner to remove the file, then run again or replay it.',
	},
	DELIVERY_TARGET_EXISTS: {
		meaning: 'A file of this name is already on the server.',
		cause: "The conflict policy is 'Fail'.",
		action: "Change the name, or the setting 'If File Exists'.",
	},
	DELIVERY_TARGET_DIFFERS: {
		meaning: 'A file of this name with other content is already on the server.',
		cause: 'Two different documents were given the same file name.',
		action:
			"Give the file its own name, or choose 'Overwrite' or 'Add Number' for 'If File Exists'.",
	},
	DELIVERY_TARGET_NOT_A_FILE: {
		meaning: 'The name is taken by a folder, a link or something else that is not a plain file.',
		cause: 'Something on the server has the name of the file.',
		action: 'Change the file name, or ask the partner to remove what has the name.',
	},
	DELIVERY_OVERWRITE_UNSUPPORTED: {
		meaning: 'The server cannot replace a file in one step.',
		cause:
			'It lacks posix-rename; deleting the old file first would leave a moment without any file.',
		action: "Choose 'Add Number' or 'Skip if Identical' for 'If File Exists'.",
	},
	DELIVERY_NUMBERS_USED_UP: {
		meaning: 'All numbered names from -1 to -99 are taken by other content.',
		cause: 'Files of the same name pile up in the folder.',
		action: 'Ask the partner whether the files are still picked up; give each file its own name.',
	},
	DELIVERY_RENAME_REFUSED: {
		meaning: 'The server did not let the complete file take its final name.',
		cause: 'The user may not rename, or the staging folder lies on another disk than the folder.',
		action:
			"Use the 'Temporary Name' style 'Dot Prefix' or 'Suffix', or 'Direct' where renaming is forbidden; or ask for the right to rename.",
	},
	DELIVERY_MODE_REFUSED: {
		meaning: 'The server did not set the file permissions that were asked for.',
		cause: 'It does not support permissions, or does not let this user change them.',
		action: "Remove the option 'File Permissions'.",
	},
	DELIVERY_MARKER_FAILED: {
		meaning: 'The file is complete under its final name but its done-marker could not be written.',
		cause: 'See the reason in the message.',
		action: 'Run again: only the marker is written.',
	},
	DELIVERY_IN_DOUBT: {
		meaning: 'The file may have been delivered, but it cannot be seen on the server.',
		cause:
			'The connection broke when all of it had been sent; the partner may have taken it, or the server lets nobody look.',
		action:
			'Ask the partner whether the file arrived. If not, replay it: the same bytes and control number are sent again.',
	},
	// the source
	DELIVERY_SOURCE_FAILED: {
		meaning: "The file's content could not be read from n8n.",
		cause: 'The binary data is gone, or its stream broke.',
		action: 'Run the workflow again from the node that makes the file.',
	},
	DELIVERY_SOURCE_LENGTH: {
		meaning:
			"The file's content has another length or hash than was declared. Nothing was published.",
		cause: 'The stream ended early, or the binary data was changed.',
		action: 'Run the workflow again from the node that makes the file.',
	},
	DELIVERY_EMPTY_FILE: {
		meaning: 'The file is empty.',
		cause: 'The node before made no content.',
		action: "Check the node before, or switch on 'Allow Empty Files'.",
	},
	DELIVERY_FILE_UNSTABLE: {
		meaning: 'The file on the server is still changing.',
		cause: 'Its sender is still writing it.',
		action: 'Leave it for the next run.',
	},
} as const satisfies ErrorCodeTable;
