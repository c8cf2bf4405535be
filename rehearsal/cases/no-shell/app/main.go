// On SIGTERM it takes no new connection. Clients that keep theirs are told to leave with their next answer, and idle ones
// are closed only after a while: so none sends a request on a connection that is being closed.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os/signal"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"
)

// As long as an answer that has begun may take, and then a client's pause.
const goodbye = 4500 * time.Millisecond

var draining atomic.Bool
var connections atomic.Int64

func quote(w http.ResponseWriter, r *http.Request) {
	ms, _ := strconv.Atoi(r.URL.Query().Get("ms"))
	time.Sleep(time.Duration(ms) * time.Millisecond)
	closeWhileDraining(w)
	fmt.Fprint(w, "done")
}

func events(w http.ResponseWriter, r *http.Request) {
	seconds, _ := strconv.Atoi(r.URL.Query().Get("seconds"))
	closeWhileDraining(w)
	w.Header().Set("Content-Type", "text/event-stream")
	for second := 0; second < seconds; second++ {
		fmt.Fprintf(w, "data: %d\n\n", second)
		w.(http.Flusher).Flush()
		time.Sleep(time.Second)
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}

func closeWhileDraining(w http.ResponseWriter) {
	if draining.Load() {
		w.Header().Set("Connection", "close")
	}
}

func count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		connections.Add(1)
	case http.StateClosed:
		connections.Add(-1)
	}
}

func main() {
	http.HandleFunc("/", quote)
	http.HandleFunc("/events", events)
	server := &http.Server{ConnState: count}
	listener, err := net.Listen("tcp", ":8080")
	if err != nil {
		log.Fatal(err)
	}
	sigterm, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	go server.Serve(listener)
	<-sigterm.Done()
	draining.Store(true)
	listener.Close()
	for deadline := time.Now().Add(goodbye); connections.Load() > 0 && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
	}
	server.Shutdown(context.Background())
}
