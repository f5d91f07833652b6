/** The worker's entry: the core answers here, away from the main thread. */

import { serve } from "./serve";

const receive = serve({
  send: (it, transfer) => {
    postMessage(it, { transfer: [...transfer] });
  },
});

addEventListener("message", (event: MessageEvent<unknown>) => {
  receive(event.data);
});
