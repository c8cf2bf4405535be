package orders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@SpringBootApplication
@RestController
public class Orders {
  public static void main(String[] args) {
    SpringApplication.run(Orders.class, args);
  }

  @GetMapping("/orders")
  String orders(@RequestParam(defaultValue = "0") long ms) throws InterruptedException {
    Thread.sleep(ms);
    return "done";
  }

  @GetMapping("/events")
  ResponseEntity<StreamingResponseBody> events(@RequestParam(defaultValue = "1") int seconds) {
    StreamingResponseBody body = out -> {
      for (int second = 0; second < seconds; second++) {
        out.write("data: %d\n\n".formatted(second).getBytes(StandardCharsets.UTF_8));
        out.flush();
        pause(1000);
      }
      out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    };
    return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(body);
  }

  private static void pause(long ms) throws IOException {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
