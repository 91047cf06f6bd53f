export * from './added';
export * from './careful';
export * from './compile';
export * from './describe';
export * from './quick';
export * from './rules';
export * from './templates';
export * from './structure';
