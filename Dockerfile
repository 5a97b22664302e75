# One image for web, worker and beat. Front-end packages are fetched in a stage of their own.
FROM node:22-slim AS browser
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

FROM python:3.11-slim AS office
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /office
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
COPY --from=browser /build/node_modules node_modules
# The keys of this one step are made up and stay nowhere: the office gets its own from the environment when it starts.
RUN python tools/frontend.py \
    && python tools/messages.py compile \
    && key() { python -c "import secrets; print(secrets.token_urlsafe(48))"; } \
    && SECRET_KEY=$(key) IDENTITY_KEY=$(key) ALLOWED_HOSTS=build HTTPS=1 DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules
RUN useradd --system --uid 1000 --home /office --shell /usr/sbin/nologin yidai \
    && install -d -o yidai -g yidai -m 700 /data
USER yidai
ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
