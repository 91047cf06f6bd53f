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
export { CURRENT_DIVISION, divisionProperty, resolveDivision, searchDivisions } from './division';
export { toItemJson, withNotices } from './itemJson';
export { connect, CREDENTIAL, encodingOf, startDownload, type ExactContext } from './transport';
