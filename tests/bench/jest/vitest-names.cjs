/* What a test file imports from vitest, by the names that jest has for it, which stand in every module's scope. */
/* global afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test */
module.exports = { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi: jest }
