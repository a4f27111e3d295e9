# The grader with TensorFlow inside, for a machine without a network and a read-only root:
#   docker build -t grader .
#   docker run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL \
#     -v "$PWD/submissions:/grading/submissions:ro" -v "$PWD/results:/grading/results" grader check submissions --out results
FROM node:22-bookworm-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ python3-pip \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/grader
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY grader grader
COPY problems problems
COPY solutions solutions
COPY tsconfig.json tsconfig.build.json LICENSE README.md SECURITY.md ./
# Without its configuration nothing is compiled again.
RUN npm run build && npm prune --omit=dev --no-audit --no-fund && rm tsconfig.build.json
ENV GRADER_CACHE=/opt/grader-cache
RUN node grader/launch.js setup --cpu
# Data of the problems that this image grades; those of all five take 1 GB more.
ARG PROBLEMS="regression sunspots"
RUN for problem in $PROBLEMS; do \
      node grader/launch.js data export "$problem" "/tmp/$problem" && rm -r "/tmp/$problem" || exit 1; \
    done
RUN mkdir /opt/bin && chmod 755 grader/launch.js && ln -s /opt/grader/grader/launch.js /opt/bin/grader

FROM node:22-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/grader-cache /opt/grader-cache
COPY --from=build /opt/grader /opt/grader
COPY --from=build /opt/bin /opt/bin
ENV GRADER_CACHE=/opt/grader-cache GRADER_OFFLINE=1 HOME=/tmp LC_ALL=C.UTF-8
ENV PATH=/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /grading
USER 10001:10001
ENTRYPOINT ["grader"]
CMD ["--help"]
