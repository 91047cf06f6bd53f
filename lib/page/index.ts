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
export { comparisonCsv, comparisonFileName } from './comparisonCsv';
export { comparedHtml, comparisonName, lookText } from './views/comparison';
export { foundFilesHtml, settingUpHtml } from './formPages';
