/** Somebody at the editor of n8n: every click and every value typed is counted. */
import type { Locator, Page } from 'playwright-core';

export interface Effort {
	readonly clicks: number;
	readonly typed: number;
	/** What was done, in order, for whoever reads the numbers. */
	readonly steps: readonly string[];
}

export class Person {
	private steps: string[] = [];
	private clicks = 0;
	private typed = 0;

	constructor(private readonly page: Page) {}

	async click(target: Locator, what: string): Promise<void> {
		await target.click();
		this.clicks += 1;
		this.steps.push(`click: ${what}`);
	}

	/** From field to field goes the Tab key. */
	async type(target: Locator, value: string, what: string): Promise<void> {
		await target.fill(value);
		this.typed += 1;
		this.steps.push(`type: ${what}`);
	}

	/** What was copied, such as the text of a template, on the canvas. It counts as a click. */
	async paste(text: string, what: string): Promise<void> {
		await this.page.evaluate(async (copied) => {
			await navigator.clipboard.writeText(copied);
		}, text);
		await this.page.keyboard.press('Control+V');
		this.clicks += 1;
		this.steps.push(`paste: ${what}`);
	}

	/** A key is neither a click nor a value. */
	async press(key: string): Promise<void> {
		await this.page.keyboard.press(key);
		this.steps.push(`key: ${key}`);
	}

	/** What it took since the last time somebody asked. */
	effort(): Effort {
		const effort = { clicks: this.clicks, typed: this.typed, steps: this.steps };
		this.clicks = 0;
		this.typed = 0;
		this.steps = [];
		return effort;
	}
}
