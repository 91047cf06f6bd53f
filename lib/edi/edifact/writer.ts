import type { EdifactProfile } from './profile';
import { makeRelease } from './release';
import type { EdifactSegment } from './segment';

export type SegmentWriter = (segments: readonly EdifactSegment[]) => string;

/** Segments as text: separators between values, and released inside them. */
function makeSegmentWriter(profile: EdifactProfile): SegmentWriter {
	const { serviceString: service, suffix } = profile;
	const release = makeRelease(service);
	const end = service.segment + suffix;
	return (segments) => {
		let text = '';
		for (const { tag, elements } of segments) {
			text += tag;
			for (const components of elements) {
				text += service.element;
				for (let index = 0; index < components.length; index += 1) {
					if (index > 0) text += service.component;
					const value = components[index] as string;
					if (value !== '') text += release(value);
				}
			}
			text += end;
		}
		return text;
	};
}

const writers = new WeakMap<EdifactProfile, SegmentWriter>();

/** The writer of a profile, made once. */
export function segmentWriterOf(profile: EdifactProfile): SegmentWriter {
	const known = writers.get(profile);
	if (known !== undefined) return known;
	const made = makeSegmentWriter(profile);
	writers.set(profile, made);
	return made;
}
