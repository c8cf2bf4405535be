// With DRAIN it shuts down as the documentation of net/http shows; without, SIGTERM ends the process.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"
)

func seconds(r *http.Request) time.Duration {
	n, _ := strconv.ParseFloat(r.URL.Query().Get("seconds"), 64)
	return time.Duration(n * float64(time.Second))
}

func main() {
	http.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") })
	http.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(seconds(r))
		fmt.Fprint(w, "done")
	})
	http.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for end := time.Now().Add(seconds(r)); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
			fmt.Fprint(w, "data: part\n\n")
			w.(http.Flusher).Flush()
		}
		fmt.Fprint(w, "data: [DONE]\n\n")
	})

	server := &http.Server{Addr: ":" + os.Getenv("PORT")}
	if os.Getenv("DRAIN") == "" {
		panic(server.ListenAndServe())
	}
	go server.ListenAndServe()
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	<-term
	server.Shutdown(context.Background())
}
