import { trimSegment } from '../../../../lib/edi/edifact';
import type { EdifactSegment } from '../../../../lib/edi/edifact';

/** Two readers that are not ours. Both raise on the first thing they do not understand. */
interface PeerParser {
	onopensegment?: (tag: string) => void;
	onOpenSegment?: (tag: string) => void;
	onelement?: () => void;
	onElement?: () => void;
	oncomponent?: (value: string) => void;
	onComponent?: (value: string) => void;
	encoding?: (name: string) => void;
	write(text: string): void;
	end(): void;
}

const EdifactParser = require('edifact/parser.js') as new () => PeerParser;
const tsEdifact = require('ts-edifact') as {
	Parser: new (configuration: unknown) => PeerParser;
	Configuration: new (options: { validator: unknown; charset: string }) => unknown;
	NullValidator: new () => unknown;
};

interface OpenSegment {
	tag: string;
	elements: string[][];
}

function collect(read: OpenSegment[]): {
	open: (tag: string) => void;
	element: () => void;
	component: (value: string) => void;
} {
	return {
		open: (tag) => read.push({ tag, elements: [] }),
		element: () => read[read.length - 1]?.elements.push([]),
		component: (value) => {
			const elements = read[read.length - 1]?.elements ?? [];
			elements[elements.length - 1]?.push(value);
		},
	};
}

function trimmed(read: readonly OpenSegment[]): EdifactSegment[] {
	return read.map(({ tag, elements }) => trimSegment(tag, elements));
}

export function readWithEdifact(text: string, characterSet: string): EdifactSegment[] {
	const read: OpenSegment[] = [];
	const { open, element, component } = collect(read);
	const parser = new EdifactParser();
	parser.encoding?.(characterSet);
	parser.onopensegment = open;
	parser.onelement = element;
	parser.oncomponent = component;
	parser.write(text);
	parser.end();
	return trimmed(read);
}

export function readWithTsEdifact(text: string, characterSet: string): EdifactSegment[] {
	const read: OpenSegment[] = [];
	const { open, element, component } = collect(read);
	// Its validator coerces what it takes for numbers, so the text is read without one.
	const validator = new tsEdifact.NullValidator();
	const parser = new tsEdifact.Parser(
		new tsEdifact.Configuration({ validator, charset: characterSet }),
	);
	parser.onOpenSegment = open;
	parser.onElement = element;
	parser.onComponent = component;
	parser.write(text);
	parser.end();
	return trimmed(read);
}
