export { errorPage, ledgerPage, type PageAnswer, type PageOptions } from './ledgerPage';
