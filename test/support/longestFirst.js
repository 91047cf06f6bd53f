/** A fresh clone knows no times: what takes longest begins first, so that nothing else waits for it. */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = /n8n[\\/](editor|forms)\.test|queueMode\.test/;

module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const later = (test) => (LONGEST.test(test.path) ? 0 : 1);
		return [...super.sort(tests)].sort((a, b) => later(a) - later(b));
	}
};
