// Plain JavaScript: decorators are called by hand.
import 'reflect-metadata';
import { Controller, Get, Module, Query, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class AppController {
  healthz() {
    return 'ok';
  }

  slow(seconds) {
    return new Promise((resolve) => setTimeout(resolve, seconds * 1000, 'done'));
  }

  stream(seconds, response) {
    stream(response, seconds * 2);
  }
}

function stream(response, left) {
  if (left > 0) {
    response.write('data: part\n\n');
    setTimeout(stream, 500, response, left - 1);
  } else response.end('data: [DONE]\n\n');
}

const { prototype } = AppController;
const method = (name, path) => Get(path)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
method('healthz', 'healthz');
method('slow', 'slow');
method('stream', 'stream');
Query('seconds')(prototype, 'slow', 0);
Query('seconds')(prototype, 'stream', 0);
Res()(prototype, 'stream', 1);
Controller()(AppController);

class AppModule {}
Module({ controllers: [AppController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
if (process.env.CLOSE) app.enableShutdownHooks();
await app.listen(Number(process.env.PORT));
