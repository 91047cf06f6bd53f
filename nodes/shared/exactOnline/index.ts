export { choiceFields, includeProperties, resourceProperty } from './properties';
export { divisionProperty, resolveDivision, searchDivisions } from './division';
export { toItemJson } from './itemJson';
export { connect, CREDENTIAL, type ExactContext } from './transport';
