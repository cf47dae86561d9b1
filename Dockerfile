# One image for every role: a node (default), or the `lading` command.
FROM node:24-slim AS build
WORKDIR /lading
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /lading
COPY --from=build /lading/package.json ./
COPY --from=build /lading/node_modules ./node_modules
COPY --from=build /lading/dist ./dist
# Shown by every node at /docs/errors.
COPY docs/reference/errors.md ./docs/reference/errors.md
# Named volumes take over owner and mode of the folder that they cover, so that no container has to run as root.
RUN install -d -m 0700 -o node -g node /network/node-1 /network/node-2 /network/node-3 /network/node-4 && chown node:node /network
USER node
EXPOSE 7400 7420
CMD ["node", "dist/apps/api/src/main.js"]
