export * from './readableFile';
