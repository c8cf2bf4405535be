import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetSocketAddress;

/** Stands for a Spring Boot application: like Tomcat, it writes to java.io.tmpdir. Ready only where it can. */
class Server {
  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/actuator/health", exchange -> {
      File.createTempFile("tomcat", ".upload").delete();
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    });
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
  }
}
