// The same package, required.

import handfast = require('handfast');

export const open = (): Promise<handfast.Handfast> => handfast.Handfast.open('memory:');
