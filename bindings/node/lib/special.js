'use strict';

const { Group } = require('./door.js');
const { mustBeFunction } = require('./errors.js');

/** What an error says, for whoever reads why a mail was not taken. */
function said(error) {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** Operations that take a callback. */
class Mails extends Group {
  async deliver(mailer, { limit = 100 } = {}) {
    mustBeFunction('mailer', mailer);
    const mail = async (ticket, message) => {
      try {
        await mailer(message);
        this._door.answer(ticket, null, false);
      } catch (error) {
        this._door.answer(ticket, said(error), error?.permanent === true);
      }
    };
    return this._door.start((handle, number) => handle.deliver(number, [limit]), { mail });
  }
}

module.exports = { Mails };
