export {
	byName,
	choiceFields,
	dateEncodingOption,
	includeProperties,
	onePerLineProperty,
	RAW,
	resourceOptions,
	resourceProperty,
	resourcesWhere,
	SIMPLIFIED,
} from './properties';
export {
	chosenDivision,
	CURRENT_DIVISION,
	divisionOfUser,
	divisionProperty,
	isChosen,
	searchDivisions,
} from './division';
export { toItemJson, withNotices } from './itemJson';
export { connect, CREDENTIAL, encodingOf, startDownload, type ExactContext } from './transport';
