// Mocha's reporter of `npm test`: one line for each suite, every failure whole, and the counts as JSON.
// A skipped test counts as failed: it proves nothing.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

const { Base } = Mocha.reporters;
const events = Mocha.Runner.constants;

module.exports = class extends Base {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0 };
    const suites = new Map();
    const skipped = [];
    const suiteOf = (test) => {
      let suite = test.parent;
      while (suite?.parent && !suite.parent.root) suite = suite.parent;
      return suite?.title ?? '';
    };
    const tally = (test, state) => {
      counts[state]++;
      const title = suiteOf(test);
      const own = suites.get(title) ?? { passed: 0, failed: 0, milliseconds: 0 };
      own[state]++;
      own.milliseconds += test.duration ?? 0;
      suites.set(title, own);
    };
    let current;
    const show = (title) => {
      const own = suites.get(title);
      if (own) console.log(`  ${own.failed === 0 ? '✔' : '✖'} ${title} (${own.passed}${own.failed ? `, ${own.failed} failed` : ''}, ${own.milliseconds} ms)`);
    };
    runner.on(events.EVENT_TEST_PASS, (test) => tally(test, 'passed'));
    runner.on(events.EVENT_TEST_FAIL, (test) => tally(test, 'failed'));
    runner.on(events.EVENT_TEST_PENDING, (test) => {
      tally(test, 'failed');
      skipped.push(test.fullTitle());
    });
    runner.on(events.EVENT_SUITE_END, (suite) => {
      if (suite.parent?.root) show((current = suite.title));
    });
    runner.once(events.EVENT_RUN_END, () => {
      if (current === undefined) for (const title of suites.keys()) show(title);
      if (this.failures.length > 0) Base.list(this.failures);
      for (const title of skipped) console.log(`  skipped, which counts as failed: ${title}`);
      if (process.env.SCHEMA_BIBLE_RESULTS) writeFileSync(process.env.SCHEMA_BIBLE_RESULTS, JSON.stringify(counts));
    });
  }
};
