# Phones, call agent and page in a container, for machines that are no Linux (docs/container.md):
#
#     docker build --platform linux/amd64 -t linnet .
#     docker run --platform linux/amd64 --rm -it -p 127.0.0.1:8480:8480 linnet
#
# and open http://localhost:8480/. Another command of npm goes behind the name: docker run ... linnet run -s call -- 600 --json
FROM node:22-bookworm-slim

RUN apt-get update \
	&& apt-get install -y --no-install-recommends gcc libc6-dev make git \
	&& rm -rf /var/lib/apt/lists/*

WORKDIR /linnet
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN chown -R node:node /linnet
USER node
RUN npm run -s build

EXPOSE 8480
ENTRYPOINT ["npm"]
CMD ["start", "--", "--address", "0.0.0.0", "--port", "8480"]
