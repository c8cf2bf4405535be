package orders;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells clients that keep their connections to leave, for a while, before the web server stops: once it has stopped, Tomcat
 * resets the next request on a kept-alive connection. Beans of the default phase stop before the web server does.
 */
@Component
@ConditionalOnProperty("goodbye.seconds")
class Goodbye extends OncePerRequestFilter implements SmartLifecycle {
  private final long seconds;
  private volatile boolean running;
  private volatile boolean draining;

  Goodbye(@Value("${goodbye.seconds}") long seconds) {
    this.seconds = seconds;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (draining) {
      response.setHeader("Connection", "close");
    }
    chain.doFilter(request, response);
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop(Runnable done) {
    draining = true;
    running = false;
    CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(done);
  }

  @Override
  public void stop() {
    draining = true;
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
