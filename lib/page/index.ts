export { failurePage, ledgerPage, type PageAnswer, type PageOptions } from './ledgerPage';
export {
	addSums,
	isToDo,
	runHtml,
	runText,
	type DocumentNote,
	type FileNote,
	type Noted,
	type RefusalNote,
	type RunNotes,
} from './runReport';
export { foundFilesHtml, settingUpHtml } from './formPages';
