'use strict';

const { ManualClock } = require('./lib/clock.js');
const { classes } = require('./lib/errors.js');
const { Handfast } = require('./lib/handfast.js');

module.exports = { Handfast, ManualClock, ...classes };
