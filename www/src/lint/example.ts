/** A Dockerfile to begin with: something of each kind is wrong with it. */

/** The text. */
export const EXAMPLE = `FROM node:latest AS Build
MAINTAINER Ada <ada@example.org>
ENV API_TOKEN=abc123
WORKDIR app
COPY . .
RUN cd /app && npm install
RUN apt-get update && apt-get install -y curl
RUN curl -k https://example.org/tool.sh | sh

FROM debian:13
COPY --from=build /app/dist /srv
EXPOSE 80/TCP 99999
CMD node /srv/server.js
`;
